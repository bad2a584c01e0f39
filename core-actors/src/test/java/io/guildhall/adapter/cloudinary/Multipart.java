package io.guildhall.adapter.cloudinary;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A parsed multipart form with a file. */
record Multipart(Map<String, String> texts, byte[] file) {
    private static final Pattern NAME = Pattern.compile("; name=\"([^\"]+)\"");

    static Multipart read(HttpExchange exchange) throws IOException {
        return read(
                exchange.getRequestBody().readAllBytes(),
                exchange.getRequestHeaders().getFirst("Content-Type"));
    }

    static Multipart read(byte[] body, String contentType) {
        // One character for each byte, so that binary content is unchanged.
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var boundary = "--" + contentType.replaceFirst(".*boundary=([^;]+).*", "$1");
        var texts = new HashMap<String, String>();
        byte[] file = {};
        for (var part : text.split(Pattern.quote(boundary))) {
            int head = part.indexOf("\r\n\r\n");
            var name = NAME.matcher(part);
            if (head < 0 || !name.find()) continue;
            var content = part.substring(head + 4, part.length() - 2).getBytes(StandardCharsets.ISO_8859_1);
            if (name.group(1).equals("file")) file = content;
            else texts.put(name.group(1), new String(content, StandardCharsets.UTF_8));
        }
        return new Multipart(texts, file);
    }
}
