package io.guildhall.testing;

import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.proposal.Terms;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Builds what a freelancer proposes or a client offers: a price and the milestones that it is divided into. A test
 * names only the attributes that it depends on. Without milestones, one milestone has the whole price; without a price,
 * it is the milestones' sum.
 */
public final class TermsBuilder {
    private static final int DEFAULT_DAYS = 7;

    private String message = "I have done this before.";
    private Optional<Money> price = Optional.empty();
    private OptionalInt deliveryDays = OptionalInt.empty();
    private Optional<List<MilestoneTerms>> milestones = Optional.empty();
    private List<String> links = List.of();

    private TermsBuilder() {}

    public static TermsBuilder someTerms() {
        return new TermsBuilder();
    }

    /** Milestones of these amounts, called "Part 1", "Part 2", …. */
    public static List<MilestoneTerms> parts(Money... amounts) {
        return IntStream.range(0, amounts.length)
                .mapToObj(i -> new MilestoneTerms("Part " + (i + 1), amounts[i], 3))
                .toList();
    }

    /** The cover letter of a proposal, or the message of an offer. */
    public TermsBuilder withMessage(String value) {
        message = value;
        return this;
    }

    public TermsBuilder priced(Money value) {
        price = Optional.of(value);
        return this;
    }

    public TermsBuilder deliveredInDays(int value) {
        deliveryDays = OptionalInt.of(value);
        return this;
    }

    public TermsBuilder withMilestones(MilestoneTerms... values) {
        return withMilestones(List.of(values));
    }

    public TermsBuilder withMilestones(List<MilestoneTerms> values) {
        milestones = Optional.of(values);
        return this;
    }

    public TermsBuilder withLinks(String... values) {
        links = List.of(values);
        return this;
    }

    public Terms build() {
        return new Terms(message, price(), deliveryDays(), milestones(), links);
    }

    public Offer buildOffer() {
        return new Offer(message, price(), deliveryDays(), milestones());
    }

    private Money price() {
        return price.orElseGet(() -> milestones
                .flatMap(all -> all.stream().map(MilestoneTerms::amount).reduce(Money::plus))
                .orElse(new Money(10_000, "USD")));
    }

    private List<MilestoneTerms> milestones() {
        return milestones.orElseGet(() -> List.of(new MilestoneTerms("All of it", price(), deliveryDays())));
    }

    private int deliveryDays() {
        return deliveryDays.orElseGet(() -> Math.max(
                DEFAULT_DAYS,
                milestones.stream()
                        .flatMap(List::stream)
                        .mapToInt(MilestoneTerms::days)
                        .sum()));
    }
}
