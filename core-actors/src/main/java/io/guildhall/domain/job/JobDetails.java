package io.guildhall.domain.job;

import io.guildhall.kernel.Money;
import java.util.List;

/** What a client is looking for. The budget is a range in one currency. */
public record JobDetails(
        String title,
        String description,
        String category,
        List<String> skills,
        Pay pay,
        Money budgetMin,
        Money budgetMax) {

    public enum Pay {
        FIXED,
        HOURLY
    }

    public JobDetails {
        skills = List.copyOf(skills);
    }

    boolean hasSoundBudget() {
        return budgetMin.currency().equals(budgetMax.currency())
                && budgetMax.amount() > 0
                && budgetMin.amount() <= budgetMax.amount();
    }

    boolean isPaidLike(JobDetails other) {
        return isPaidIn(other.budgetMax.currency());
    }

    boolean isPaidIn(String currency) {
        return budgetMax.currency().equals(currency);
    }
}
