package io.guildhall.domain.contract;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.time.Instant;

/**
 * A party's request to refund a milestone.
 *
 * @param number which of the milestone's requests, from 1
 * @param by the client, who asks for the money back, or the freelancer, who offers it
 * @param amount to refund; the rest of the held money is released to the freelancer
 */
public record RefundRequest(
        int number,
        String by,
        Money amount,
        @Personal(of = "by") String reason,
        Instant at) {
    boolean isBy(String accountId) {
        return by.equals(accountId);
    }
}
