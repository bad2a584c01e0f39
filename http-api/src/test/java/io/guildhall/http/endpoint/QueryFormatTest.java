package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts in query parameters have the normal form of the stored texts that they are compared with. */
class QueryFormatTest {
    @Test
    void textsAreTrimmedAndComposed() {
        assertThat(QueryFormat.text(4).parse(" \u00a0Cafe\u0301\u200b")).contains("Caf\u00e9");
        assertThat(QueryFormat.nonBlankText(4).parse("Cafe\u0301 ")).contains("Caf\u00e9");
        assertThat(QueryFormat.list(2, 4).parse("Cafe\u0301, tea\u200b").orElseThrow())
                .containsExactly("Caf\u00e9", "tea");
    }

    @Test
    void invisibleTextIsEmpty() {
        assertThat(QueryFormat.text(4).parse("\u200b\ufeff")).contains("");
        assertThat(QueryFormat.nonBlankText(4).parse("\u200b\ufeff")).isEmpty();
        assertThat(QueryFormat.list(2, 4).parse("tea,\u200b")).isEmpty();
    }

    @Test
    void whatIsNoSearchTextIsOneLine() {
        assertThat(QueryFormat.text(4).parse("a\r\nb")).contains("a\nb");
        for (var text : new String[] {"a\nb", "a\t", "a\u2028", "\u202ea"}) {
            assertThat(QueryFormat.nonBlankText(4).parse(text)).isEmpty();
            assertThat(QueryFormat.list(2, 4).parse("tea," + text)).isEmpty();
        }
    }

    @Test
    void countsCharacters() {
        assertThat(QueryFormat.text(2).parse("\ud83d\ude00\ud83d\ude00")).isPresent();
        assertThat(QueryFormat.text(2).parse("\ud83d\ude00\ud83d\ude00a")).isEmpty();
    }

    @Test
    void cursorsStayAsTheyAre() {
        assertThat(QueryFormat.cursor(10).parse(" e\u0301 ")).contains(" e\u0301 ");
    }
}
