package io.guildhall.http.route.file;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The header with which a browser saves a file and does not show it, RFC 6266. */
final class ContentDisposition {
    private ContentDisposition() {}

    /** @param fileName a {@linkplain io.guildhall.kernel.FileName safe} name */
    static String attachment(String fileName) {
        var ascii = new StringBuilder();
        fileName.codePoints().forEach(it -> ascii.appendCodePoint(isPlain(it) ? it : '_'));
        var encoded = URLEncoder.encode(fileName, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }

    private static boolean isPlain(int character) {
        return character >= ' ' && character < 0x7F && "\"\\%".indexOf(character) < 0;
    }
}
