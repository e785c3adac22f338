// What the fields of procedures are called in English. Names of procedures stay Vietnamese.

import { both } from './words.js';

const FIELDS = {
  'Hộ tịch': 'civil status',
  'Chứng thực': 'certification',
  'Đăng ký, quản lý cư trú': 'residence',
  'Cấp, quản lý căn cước': 'identity cards',
  'Định danh và xác thực điện tử': 'electronic identity',
  'Đất đai': 'land',
  'Hoạt động xây dựng': 'construction',
  'Bảo trợ xã hội': 'social support',
  'Người có công': 'people of merit',
  'Nuôi con nuôi': 'adoption',
  'Giảm nghèo': 'poverty reduction',
  'Nghĩa vụ quân sự': 'military service',
  'Tín ngưỡng, tôn giáo': 'religion',
  'Thi đua - khen thưởng': 'awards',
  'Lý lịch tư pháp': 'criminal records',
  'Quản lý xuất nhập cảnh': 'passports and visas',
  'Bảo hiểm xã hội': 'social insurance',
  'Bảo hiểm y tế': 'health insurance',
  'Việc làm': 'employment',
  'Lao động': 'labour',
  'Thuế': 'tax',
  'Y tế': 'health',
  'Đường bộ': 'roads',
  'Đăng kiểm': 'vehicle inspection',
  'Công chứng': 'notaries',
  'Quốc tịch': 'nationality',
  'Môi trường': 'environment',
  'Điện lực': 'electricity',
  'Văn hóa': 'culture',
  'Du lịch': 'tourism',
  'Trẻ em': 'children',
  'Gia đình': 'family',
  'Thủy sản': 'fisheries',
  'Lâm nghiệp': 'forestry',
  'Chăn nuôi': 'animal husbandry',
  'Thú y': 'veterinary',
  'Trồng trọt': 'crops',
  'Trồng trọt và Bảo vệ thực vật': 'crops and plant protection',
  'Giáo dục và Đào tạo thuộc hệ thống giáo dục quốc dân': 'schools',
  'Chính sách': 'policies',
  'Khen thưởng': 'awards',
  'Hòa giải ở cơ sở': 'local mediation',
  'Hoạt động khác': 'other',
  'Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)': 'household businesses',
  'Thành lập và hoạt động của doanh nghiệp': 'companies',
  'Thành lập và hoạt động của tổ hợp tác, hợp tác xã, liên hiệp hợp tác xã': 'cooperatives',
  'Đăng ký biện pháp bảo đảm': 'registration of securities',
  'Nhà ở và công sở': 'housing',
  'Khám bệnh, chữa bệnh': 'medical care',
  'Hải quan': 'customs',
  'Bảo hiểm': 'insurance',
  'Luật sư': 'lawyers',
  'Thủy lợi': 'irrigation',
  'Nông nghiệp': 'agriculture',
  'Tài nguyên nước': 'water resources',
  'Hàng không': 'aviation',
  'Hàng hải và đường thủy nội địa': 'shipping and waterways',
};

/** What is meant by the fields of every day whose official names are jargon or run to a sentence. */
const PLAIN = {
  'Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)': ['Hộ kinh doanh, mở quán', 'Household businesses'],
  'Thành lập và hoạt động của doanh nghiệp': ['Công ty, doanh nghiệp', 'Companies'],
  'Thành lập và hoạt động của tổ hợp tác, hợp tác xã, liên hiệp hợp tác xã': ['Hợp tác xã, tổ hợp tác', 'Cooperatives'],
  'Thực hiện chính sách BHXH': ['Hưởng bảo hiểm xã hội: thai sản, ốm đau, lương hưu', 'Social insurance benefits'],
  'Chi trả các chế độ BHXH': ['Nhận tiền lương hưu, trợ cấp bảo hiểm xã hội', 'Payment of pensions and benefits'],
  'Thu BHXH, BHYT, BHTN, BH tai nạn lao động, BNN': ['Đóng bảo hiểm xã hội, y tế, thất nghiệp', 'Paying into social and health insurance'],
  'Thực hiện chính sách BHYT': ['Hưởng bảo hiểm y tế khi khám, chữa bệnh', 'Health insurance benefits'],
  'Cấp sổ BHXH, thẻ BHYT': ['Sổ bảo hiểm xã hội, thẻ bảo hiểm y tế', 'Insurance books and cards'],
  'Đăng ký, quản lý phương tiện giao thông cơ giới, xe máy chuyên dùng': ['Đăng ký xe, biển số xe', 'Vehicle registration and plates'],
  'Sát hạch, cấp giấy phép lái xe': ['Bằng lái xe', 'Driving licences'],
  'Quản lý xuất nhập cảnh': ['Hộ chiếu, xuất nhập cảnh', 'Passports and visas'],
  'Định danh và xác thực điện tử': ['Tài khoản VNeID', 'VNeID accounts'],
  'Giáo dục và Đào tạo thuộc hệ thống giáo dục quốc dân': ['Trường học, học sinh', 'Schools'],
  'Hoạt động xây dựng': ['Giấy phép xây dựng', 'Building permits'],
  'Đăng ký biện pháp bảo đảm': ['Đăng ký thế chấp nhà đất, tài sản', 'Mortgages and securities'],
  'Quản lý nhà nước về hội, quỹ': ['Hội, quỹ', 'Associations and funds'],
  'Dịch vụ trong quá trình thực hiện HĐMBĐ': ['Thay đổi về mua bán điện', 'Changes of electricity supply'],
  'Lưu thông hàng hóa trong nước': ['Bán rượu, thuốc lá, xăng dầu', 'Licences to sell certain goods'],
};

/** Whether a field's official name is in plain words already. */
export const isPlain = (field) => !(field in PLAIN);

/** A field in plain words; its official name, with its English meaning, where that is plain. */
export const plainOf = (field) => (isPlain(field) ? glossOf(field) : both(...PLAIN[field]));

/** A field as it is called, with its English meaning where it is known. */
export const glossOf = (field) =>
  both(field, field in FIELDS ? `${field} (${FIELDS[field]})` : field);
