package io.guildhall.http.route.gig;

import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.http.route.Price;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.http.text.PlainText;
import io.guildhall.http.text.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/**
 * The content of a gig, as it is created and edited. An edit replaces all fields.
 *
 * @param packages at most one of each tier, in the order BASIC, STANDARD, PREMIUM, in one currency and in ascending order of
 *     price (equal prices are allowed); a published gig has at least one
 * @param media keys of the freelancer's uploaded files, in display order
 */
public record GigFields(
        @NotBlank @SingleLine(max = 120) String title,
        @NotBlank @Paragraphs(max = 5_000) String description,
        @NotBlank @SingleLine(max = 60) String category,
        @NotNull @Size(max = 20) List<@NotBlank @SingleLine(max = 40) String> tags,
        @NotNull @Size(max = 3) List<@NotNull @Valid PackageFields> packages,
        Optional<@Size(max = 10) List<@NotBlank @PlainText(max = 200) String>> media) {

    /**
     * @param revisions the number of included rounds of changes
     * @param includes what the package contains, one item for each point
     */
    public record PackageFields(
            @NotNull GigPackage.Tier tier,
            Optional<@SingleLine(max = 60) String> name,
            @NotNull @Valid Price price,
            @Min(1) @Max(365) int deliveryDays,
            @Min(0) @Max(99) int revisions,

            @NotNull @Size(max = 10) List<@NotBlank @SingleLine(max = 200) String> includes) {

        GigPackage gigPackage() {
            return new GigPackage(tier, name.orElse(""), price.money(), deliveryDays, revisions, includes);
        }
    }

    public GigDetails details() {
        return new GigDetails(
                title,
                description,
                category,
                tags,
                packages.stream().map(PackageFields::gigPackage).toList(),
                media.orElse(List.of()));
    }
}
