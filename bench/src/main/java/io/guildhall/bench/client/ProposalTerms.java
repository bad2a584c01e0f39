package io.guildhall.bench.client;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A freelancer's proposal.
 *
 * @param milestones the price of each milestone, in cents
 */
public record ProposalTerms(String coverLetter, List<Long> milestones) {
    private static final String CURRENCY = "USD";
    private static final int DAYS_FOR_EACH_MILESTONE = 7;

    public ProposalTerms {
        milestones = List.copyOf(milestones);
    }

    public long price() {
        return milestones.stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Object> body() {
        return Map.of(
                "coverLetter",
                coverLetter,
                "price",
                money(price()),
                "deliveryDays",
                DAYS_FOR_EACH_MILESTONE * milestones.size(),
                "milestones",
                IntStream.range(0, milestones.size())
                        .mapToObj(i -> Map.of(
                                "title",
                                "Milestone " + (i + 1),
                                "amount",
                                money(milestones.get(i)),
                                "days",
                                DAYS_FOR_EACH_MILESTONE))
                        .toList(),
                "links",
                List.of("https://example.com/portfolio"));
    }

    public static Map<String, Object> money(long cents) {
        return Map.of("amount", cents, "currency", CURRENCY);
    }
}
