package io.guildhall.http.route.job;

import io.guildhall.domain.job.JobDetails;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.route.Price;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.http.text.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/** The content of a job, in requests and responses. An edit replaces all fields. */
public record JobFields(
        @NotBlank @SingleLine(max = 120) String title,
        @NotBlank @Paragraphs(max = 5_000) String description,
        @NotBlank @SingleLine(max = 60) String category,

        @NotNull @Size(max = 20)
        List<@NotBlank @SingleLine(max = 40) @Pattern(regexp = Formats.NO_COMMA) String> skills,

        @NotNull JobDetails.Pay pay,
        @NotNull @Valid BudgetRange budget,
        Optional<JobDetails.ExperienceLevel> experienceLevel) {

    /** Minimum and maximum, in one currency. */
    public record BudgetRange(
            @NotNull @Valid Price min, @NotNull @Valid Price max) {}

    static JobFields from(JobDetails details) {
        return new JobFields(
                details.title(),
                details.description(),
                details.category(),
                details.skills(),
                details.pay(),
                new BudgetRange(Price.from(details.budgetMin()), Price.from(details.budgetMax())),
                details.experienceLevel());
    }

    public JobDetails details() {
        return new JobDetails(
                title,
                description,
                category,
                skills,
                pay,
                budget.min().money(),
                budget.max().money(),
                experienceLevel);
    }
}
