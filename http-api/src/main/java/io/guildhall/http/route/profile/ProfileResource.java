package io.guildhall.http.route.profile;

import io.guildhall.domain.profile.Completeness;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.Showcase;
import io.guildhall.http.endpoint.Versioned;
import io.guildhall.kernel.Money;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What anybody may know of a person: never the e-mail, the payout account or how they were verified.
 *
 * @param picture with a link that expires
 * @param hints what would make it more complete, the most helpful first; for its owner alone
 */
public record ProfileResource(
        String accountId,
        String handle,
        String name,
        String country,
        String headline,
        String bio,
        List<String> skills,
        Optional<Money> hourlyRate,
        List<Showcase.Language> languages,
        Optional<Showcase.Availability> availability,
        String location,
        List<String> links,
        Optional<Picture> picture,
        List<Piece> portfolio,
        Optional<List<Completeness.Hint>> hints,
        long revision)
        implements Versioned {

    /** @param url good for a quarter of an hour at least */
    public record Picture(String key, String url) {}

    public record Piece(String title, String text, Optional<String> link, List<Picture> files) {}

    static Optional<ProfileResource> of(String accountId, Profile profile, FileStore files) {
        return switch (profile) {
            case Profile.NotCreated _ -> Optional.empty();
            case Profile.Created it -> Optional.of(of(accountId, it, files));
        };
    }

    private static ProfileResource of(String accountId, Profile.Created it, FileStore files) {
        var details = it.details();
        var shown = details.showcaseOrEmpty();
        return new ProfileResource(
                accountId,
                it.handle(),
                it.name(),
                it.country(),
                details.headline(),
                details.bio(),
                details.skills(),
                details.hourlyRate(),
                shown.languages(),
                shown.availability(),
                shown.location(),
                shown.links(),
                shown.picture().stream().flatMap(key -> picture(key, files)).findFirst(),
                shown.portfolio().stream()
                        .map(work -> new Piece(
                                work.title(),
                                work.text(),
                                work.link(),
                                work.files().stream()
                                        .flatMap(key -> picture(key, files))
                                        .toList()))
                        .toList(),
                Optional.of(Completeness.hintsFor(details)),
                it.revision());
    }

    private static Stream<Picture> picture(String key, FileStore files) {
        return FileKey.of(key).stream()
                .map(it -> new Picture(key, files.link(it).toString()));
    }

    /** As anybody sees it. */
    ProfileResource forOthers() {
        return new ProfileResource(
                accountId,
                handle,
                name,
                country,
                headline,
                bio,
                skills,
                hourlyRate,
                languages,
                availability,
                location,
                links,
                picture,
                portfolio,
                Optional.empty(),
                revision);
    }
}
