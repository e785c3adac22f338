use std::{io::Write as _, ops::ControlFlow};

use anyhow::{Result, anyhow};
use motcua_domain::{AnswerBasis, Audience, Outcome, ProcedureCode};
use motcua_http::views::AskView;
use motcua_kiosk::{Ask, Asked};

use crate::{
    arguments::AudienceWord,
    model,
    output::{Ended, print_json},
    settings::Resolved,
};

pub(crate) fn run(
    resolved: Resolved,
    question: &str,
    json: bool,
    procedure: Option<ProcedureCode>,
    audience: AudienceWord,
) -> Result<Ended> {
    let name = resolved.model.as_deref().unwrap_or("none");
    let engine = model::engine_of(&resolved, name)?;
    model::wait_until_loaded(&engine)?;
    let kiosk = super::open_for_one(resolved, engine)?;
    let audience = match audience {
        AudienceWord::Citizen => Audience::Citizen,
        AudienceWord::Official => Audience::Official,
    };
    let today = motcua_http::today();
    let ask = Ask { question, audience, procedure, chosen: false, today, use_model: true };
    let asked =
        kiosk.ask(&ask, &mut |_| ControlFlow::Continue(())).map_err(|error| anyhow!("{error}"))?;
    if json {
        print_json(&AskView::new(&asked, &kiosk))?;
    } else {
        print_answer(&asked);
    }
    Ok(if asked.outcome == Outcome::Refused { Ended::WithFindings } else { Ended::Fine })
}

fn print_answer(asked: &Asked) {
    if let Some(procedure) = &asked.procedure {
        println!("{} — {}\n", procedure.name, procedure.code);
    }
    if let Some(answer) = &asked.answer {
        for sentence in &answer.sentences {
            let marks: Vec<String> = sentence.citations.iter().map(ToString::to_string).collect();
            println!("• {} [{}]", sentence.text, marks.join(", "));
        }
        let basis = match answer.basis {
            AnswerBasis::Extract => "Trích nguyên từ hồ sơ thủ tục.",
            AnswerBasis::Model => {
                "Máy soạn từ hồ sơ thủ tục; mỗi câu đã được đối chiếu với dữ kiện."
            }
        };
        println!("\n{basis}");
    }
    if let Some(message) = &asked.message {
        println!("{message}");
    }
    if let Some(clarify) = &asked.clarify {
        println!("{}", clarify.ask);
        for option in &clarify.options {
            println!("• {} — motcua ask --procedure {}", option.label, option.code);
        }
    }
    let mut documents: Vec<&str> =
        asked.evidence.iter().map(|e| e.source.document.as_str()).collect();
    documents.dedup();
    for document in documents {
        println!("Nguồn: {document}");
    }
    let _ = std::io::stdout().flush();
}
