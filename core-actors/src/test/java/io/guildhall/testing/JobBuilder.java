package io.guildhall.testing;

import io.guildhall.domain.job.JobDetails;
import io.guildhall.domain.job.JobDetails.ExperienceLevel;
import io.guildhall.domain.job.JobDetails.Pay;
import io.guildhall.kernel.Money;
import java.util.List;
import java.util.Optional;

/** Builds the details of a valid job. A test names only the attributes that it depends on. */
public final class JobBuilder {
    private String title = "A logo";
    private String description = "For a guild of boat builders.";
    private String category = "Design";
    private List<String> skills = List.of("logo design");
    private Pay pay = Pay.FIXED;
    private Money budgetMin = new Money(1_000, "USD");
    private Money budgetMax = new Money(100_000, "USD");

    private Optional<ExperienceLevel> experienceLevel = Optional.empty();

    private JobBuilder() {}

    public static JobBuilder aJob() {
        return new JobBuilder();
    }

    public JobBuilder titled(String value) {
        title = value;
        return this;
    }

    public JobBuilder described(String value) {
        description = value;
        return this;
    }

    public JobBuilder inCategory(String value) {
        category = value;
        return this;
    }

    public JobBuilder requiring(String... values) {
        return requiring(List.of(values));
    }

    public JobBuilder requiring(List<String> values) {
        skills = values;
        return this;
    }

    public JobBuilder paid(Pay value) {
        pay = value;
        return this;
    }

    public JobBuilder budget(Money exact) {
        return budget(exact, exact);
    }

    public JobBuilder budget(Money min, Money max) {
        budgetMin = min;
        budgetMax = max;
        return this;
    }

    public JobBuilder asking(ExperienceLevel value) {
        experienceLevel = Optional.of(value);
        return this;
    }

    public JobDetails build() {
        return new JobDetails(title, description, category, skills, pay, budgetMin, budgetMax, experienceLevel);
    }
}
