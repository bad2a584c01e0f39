package io.guildhall.http.route.job;

import io.guildhall.domain.job.JobDetails;
import io.guildhall.http.route.Price;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The content of a job, as it is created and edited. An edit replaces all fields. */
public record JobFields(
        @NotBlank @Size(max = 120) String title,
        @NotBlank @Size(max = 5_000) String description,
        @NotBlank @Size(max = 60) String category,
        @NotNull @Size(max = 20) List<@NotBlank @Size(max = 40) String> skills,
        @NotNull JobDetails.Pay pay,
        @NotNull @Valid BudgetRange budget) {

    /** Minimum and maximum, in one currency. */
    public record BudgetRange(
            @NotNull @Valid Price min, @NotNull @Valid Price max) {}

    public JobDetails details() {
        return new JobDetails(
                title,
                description,
                category,
                skills,
                pay,
                budget.min().money(),
                budget.max().money());
    }
}
