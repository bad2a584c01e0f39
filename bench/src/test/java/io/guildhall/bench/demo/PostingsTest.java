package io.guildhall.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostingsTest {

    @Test
    void roundsHalfACentOfTheFeeUp() {
        assertThat(Postings.fee(333_33, 500)).isEqualTo(16_67);
        assertThat(Postings.fee(99, 500)).isEqualTo(5);
        assertThat(Postings.fee(12_10, 500)).isEqualTo(61);
        assertThat(Postings.fee(9, 500)).isZero();
        assertThat(Postings.fee(10, 500)).isEqualTo(1);
        assertThat(Postings.fee(12_10, 250)).isEqualTo(30);
    }

    @Test
    void sumsPostingsByAccountAndEntry() throws Exception {
        var postings = List.of(
                posting("e/1", "provider-cash", "DEBIT", 100),
                posting("e/1", "escrow:a", "CREDIT", 100),
                posting("e/2", "escrow:a", "DEBIT", 100),
                posting("e/2", "revenue:fees", "CREDIT", 99));
        assertThat(Postings.balances(postings))
                .isEqualTo(Map.of("provider-cash", 100L, "escrow:a", 0L, "revenue:fees", -99L));
        assertThat(Postings.unbalancedEntries(postings)).isEqualTo(Map.of("e/2", 1L));
    }

    @Test
    void formatsMoneyWithTwoDecimals() {
        assertThat(Transcript.money(123_456_07)).isEqualTo("123,456.07");
        assertThat(Transcript.money(-5)).isEqualTo("-0.05");
    }

    private static JsonNode posting(String entry, String account, String side, long amount) throws Exception {
        return JsonMapper.builder().build().readTree("""
                {"entry":"%s","account":"%s","side":"%s","amount":{"amount":%d,"currency":"USD"}}
                """.formatted(entry, account, side, amount));
    }
}
