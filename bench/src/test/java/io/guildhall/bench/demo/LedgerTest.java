package io.guildhall.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void fivePercentHalfACentRoundedUp() {
        assertThat(Ledger.fee(333_33)).isEqualTo(16_67);
        assertThat(Ledger.fee(99)).isEqualTo(5);
        assertThat(Ledger.fee(12_10)).isEqualTo(61);
        assertThat(Ledger.fee(9)).isZero();
        assertThat(Ledger.fee(10)).isEqualTo(1);
    }

    @Test
    void balancesAddUpWhatWasPosted() throws Exception {
        var postings = List.of(
                posting("e/1", "provider-cash", "DEBIT", 100),
                posting("e/1", "escrow:a", "CREDIT", 100),
                posting("e/2", "escrow:a", "DEBIT", 100),
                posting("e/2", "revenue:fees", "CREDIT", 99));
        assertThat(Ledger.balances(postings))
                .isEqualTo(Map.of("provider-cash", 100L, "escrow:a", 0L, "revenue:fees", -99L));
        assertThat(Ledger.uneven(postings)).isEqualTo(Map.of("e/2", 1L));
    }

    @Test
    void moneyHasTwoPlaces() {
        assertThat(Paper.money(123_456_07)).isEqualTo("123,456.07");
        assertThat(Paper.money(-5)).isEqualTo("-0.05");
    }

    private static JsonNode posting(String entry, String account, String side, long amount) throws Exception {
        return JsonMapper.builder().build().readTree("""
                {"entry":"%s","account":"%s","side":"%s","amount":{"amount":%d,"currency":"USD"}}
                """.formatted(entry, account, side, amount));
    }
}
