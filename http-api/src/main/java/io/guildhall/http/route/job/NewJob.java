package io.guildhall.http.route.job;

import io.guildhall.domain.job.JobDetails;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** @param publish whether freelancers may apply at once */
public record NewJob(
        @NotBlank @Size(max = 120) String title,
        @NotBlank @Size(max = 5_000) String description,
        @NotBlank @Size(max = 60) String category,
        @NotNull @Size(max = 20) List<@NotBlank @Size(max = 40) String> skills,
        @NotNull JobDetails.Pay pay,
        @NotNull @Valid JobFields.BudgetRange budget,
        boolean publish) {
    JobDetails details() {
        return new JobFields(title, description, category, skills, pay, budget).details();
    }
}
