package io.guildhall.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan.pdf",
                "Plan – final (2).pdf",
                "año 年.tar.gz",
                "😀.png",
                "_",
                "console.txt",
                "com10",
                "a.con"
            })
    void keepsSafeName(String name) {
        assertThat(FileName.safe(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "../../etc/passwd,_.._etc_passwd",
                "..\\..\\boot.ini,_.._boot.ini",
                "C:\\x.txt,C__x.txt",
                ".htaccess,htaccess",
                "plan.pdf. . ,plan.pdf",
                " plan.pdf,plan.pdf",
                "..,file",
                "' ',file",
                "<b>\"|?*.txt,_b_____.txt",
                "CON,_CON",
                "nul.txt,_nul.txt",
                "Lpt1 .x.y,_Lpt1 .x.y",
                "com³,_com³",
                "CONOUT$,_CONOUT$"
            })
    void replacesUnsafeParts(String name, String safe) {
        assertThat(FileName.safe(name)).isEqualTo(safe);
    }

    @Test
    void removesControlAndInvisibleCharacters() {
        assertThat(FileName.safe("")).isEqualTo("file");
        assertThat(FileName.safe("\u202e\u200b")).isEqualTo("file");
        assertThat(FileName.safe("photo\u202egpj.exe")).isEqualTo("photogpj.exe");
        assertThat(FileName.safe("a\r\nSet-Cookie: x=1\0.txt")).isEqualTo("a Set-Cookie_ x=1 .txt");
        assertThat(FileName.safe("C\u200bON"))
                .as("reserved without the invisible character")
                .isEqualTo("_CON");
        assertThat(FileName.safe("half \ud83d")).isEqualTo("half");
        assertThat(FileName.safe("Cafe\u0301")).isEqualTo("Caf\u00e9");
    }

    @Test
    void shortensLongNameAndKeepsItsExtension() {
        assertThat(FileName.safe("a".repeat(300) + ".pdf"))
                .hasSize(FileName.MAX_BYTES)
                .endsWith("aaa.pdf");
        var emoji = FileName.safe("😀".repeat(300) + ".pdf");
        assertThat(emoji.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(FileName.MAX_BYTES - 4, FileName.MAX_BYTES);
        assertThat(emoji).endsWith("😀.pdf");
        assertThat(FileName.safe("a." + "b".repeat(300)))
                .hasSize(FileName.MAX_BYTES)
                .startsWith("a.bbb");
    }

    @Property
    void everyNameBecomesSafe(@ForAll String name) {
        var safe = FileName.safe(name);
        assertThat(safe).isNotEmpty().doesNotStartWith(".").doesNotEndWith(".").isEqualTo(safe.strip());
        assertThat(safe).doesNotContainPattern("[/\\\\:*?\"<>|\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069]");
        assertThat(safe.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(FileName.MAX_BYTES);
        assertThat(new String(safe.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(safe);
        assertThat(FileName.safe(safe)).isEqualTo(safe);
    }
}
