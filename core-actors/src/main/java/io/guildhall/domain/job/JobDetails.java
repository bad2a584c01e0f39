package io.guildhall.domain.job;

import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import java.util.List;
import java.util.Optional;

/**
 * The description of a job.
 *
 * @param skills required skills, as the client wrote them
 * @param budgetMin in the currency of {@code budgetMax}, not more than it
 * @param budgetMax for a fixed-price job in total, else for each hour; more than zero
 * @param experienceLevel required by the client; empty if any is accepted
 */
public record JobDetails(
        @Personal String title,
        @Personal String description,
        @Personal String category,
        @Personal List<String> skills,
        Pay pay,
        Money budgetMin,
        Money budgetMax,
        Optional<ExperienceLevel> experienceLevel) {

    public enum Pay {
        FIXED,
        HOURLY
    }

    public enum ExperienceLevel {
        ENTRY,
        INTERMEDIATE,
        EXPERT
    }

    public JobDetails {
        skills = List.copyOf(skills);
    }

    boolean hasValidBudget() {
        return budgetMin.currency().equals(budgetMax.currency())
                && budgetMax.amount() > 0
                && budgetMin.amount() <= budgetMax.amount();
    }

    boolean hasCurrencyOf(JobDetails other) {
        return hasCurrency(other.budgetMax.currency());
    }

    public boolean hasCurrency(String currency) {
        return budgetMax.currency().equals(currency);
    }
}
