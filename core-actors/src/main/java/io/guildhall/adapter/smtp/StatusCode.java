package io.guildhall.adapter.smtp;

import java.util.regex.Pattern;

/** The codes in the replies and reports of mail servers: {@code 550 5.1.1 …} (RFC 5321, RFC 3463). */
final class StatusCode {
    /** Class, subject, detail. */
    private static final Pattern ENHANCED = Pattern.compile("\\b([245])\\.(\\d{1,3})\\.(\\d{1,3})\\b");

    private StatusCode() {}

    /** Whether the same mail will never be accepted. Without an enhanced code, the reply code decides. */
    static boolean isPermanent(int replyCode, String text) {
        return replyCode >= 500 && replyCode < 600 && !text.matches("(?s)^53[05].*");
    }

    /**
     * Whether a permanent refusal is about the address. Others are about the mail or about us: its size (5.2.3, 5.3.4), the
     * protocol (5.5), the content (5.6), or a policy, such as a block list (5.7).
     */
    static boolean isAddressInvalid(String text) {
        var code = ENHANCED.matcher(text);
        if (!code.find()) return true;
        int detail = Integer.parseInt(code.group(3));
        return switch (Integer.parseInt(code.group(2))) {
            case 1 -> detail != 7 && detail != 8;
            case 2 -> detail != 3;
            case 0, 4 -> true;
            default -> false;
        };
    }
}
