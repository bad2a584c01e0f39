package io.guildhall.http.route.gig;

import io.guildhall.domain.gig.GigDetails;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** @param publish whether clients may order at once */
public record NewGig(
        @NotBlank @Size(max = 120) String title,
        @NotBlank @Size(max = 5_000) String description,
        @NotBlank @Size(max = 60) String category,
        @NotNull @Size(max = 20) List<@NotBlank @Size(max = 40) String> tags,
        @NotNull @Size(max = 3) List<GigFields.@NotNull @Valid Package> packages,
        @Size(max = 10) List<@NotBlank @Size(max = 200) String> media,
        boolean publish) {
    GigDetails details() {
        return new GigFields(title, description, category, tags, packages, media).details();
    }
}
