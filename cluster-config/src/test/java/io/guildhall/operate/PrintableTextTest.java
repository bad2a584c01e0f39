package io.guildhall.operate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {
    @Test
    void escapesWhatIsNotPrintedAsItself() {
        assertThat(PrintableText.of("a\u001B[2Jb\r\nc\td")).isEqualTo("a\\u001B[2Jb\\u000D\\u000Ac\\u0009d");
        assertThat(PrintableText.of("right\u202Eto left, \u2028line, \u0085next, \u200Bzero"))
                .isEqualTo("right\\u202Eto left, \\u2028line, \\u0085next, \\u200Bzero");
        assertThat(PrintableText.of("half \uD83D, \uDB40\uDC01tag")).isEqualTo("half \\uD83D, \\U000E0001tag");
    }

    @Test
    void leavesOtherTextsUnchanged() {
        var text = "Ünïcode, 日本語, \uD83D\uDEA2, c:\\temp, “quoted”";
        assertThat(PrintableText.of(text)).isEqualTo(text);
    }
}
