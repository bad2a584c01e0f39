package io.guildhall;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.kernel.Money;

/** Formats an amount of a management response. */
final class AmountText {
    private AmountText() {}

    /** @param amount minor units and currency; nothing is an empty text */
    static String of(JsonNode amount) {
        if (!amount.isObject()) return "";
        var currency = amount.path("currency").asText();
        return Money.decimal(amount.path("amount").asLong(), currency) + " " + currency;
    }
}
