package io.guildhall.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeyTest {
    @Test
    void parsesWhatItWrites() {
        var key = new FileKey("acc_ann", "gig", "fil_1", FileKey.Type.WEBP);
        assertThat(key).hasToString("acc_ann/gig/fil_1.webp");
        assertThat(FileKey.parse(key.toString())).contains(key);
    }

    @Test
    void knowsPrivateFilesApartFromPublicOnes() {
        for (var purpose : List.of(FileKey.ATTACHMENT, FileKey.EXPORT)) {
            var key = new FileKey("acc_ann", purpose, "fil_1", FileKey.Type.PNG);
            assertThat(key.isPrivate()).isTrue();
            assertThat(FileKey.parse(key.toString())).isEmpty();
            assertThat(FileKey.parseAny(key.toString())).contains(key);
        }
        var picture = new FileKey("acc_ann", "gig", "fil_1", FileKey.Type.PNG);
        assertThat(picture.isPrivate()).isFalse();
        assertThat(FileKey.parseAny(picture.toString())).contains(picture);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acc_ann/gig/fil_1.bin",
                "acc_ann/gig/fil_1.zip",
                "",
                "acc_ann",
                "../acc_ann/gig/fil_1.png",
                "acc_ann/../fil_1.png",
                "acc_ann/gig/../../x.png",
                "acc_ann/gig/fil_1.svg",
                "acc_ann/gig/fil_1.png\n",
                "acc_ann/other/fil_1.png",
                "/etc/passwd",
                "acc_ann/gig/fil_1.PNG",
                "acc_ann/gig/fil_1.png/x"
            })
    void rejectsInvalidKey(String text) {
        assertThat(FileKey.parse(text)).isEmpty();
        assertThat(FileKey.parseAny(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GIF89a, GIF", "GIF87a, GIF", "RIFF1234WEBP, WEBP", "%PDF-1.7, PDF"})
    void detectsTypeFromFirstBytes(String begin, FileKey.Type type) {
        assertThat(FileKey.Type.detect((begin + " and so on").getBytes(StandardCharsets.ISO_8859_1)))
                .contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<svg onload=alert(1)>", "GIF", "RIFF1234WAVE", "<html>", "MZ"})
    void detectsNoTypeOfOtherContent(String content) {
        assertThat(FileKey.Type.detect(content.getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
    }
}
