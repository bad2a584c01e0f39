package io.guildhall.http.route.room;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.room.Mention;
import io.guildhall.domain.room.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the members of a room whom a text names by their handles. */
final class Mentions {
    /** Not within a word or an e-mail address. */
    private static final Pattern HANDLE = Pattern.compile("(?<![\\w@.-])@([A-Za-z0-9][A-Za-z0-9-]{0,60})");

    private final Entities entities;

    Mentions(Entities entities) {
        this.entities = entities;
    }

    /** Empty if the text names no member. */
    CompletionStage<Optional<List<Mention>>> find(Room room, String text) {
        var handles = handles(text);
        if (handles.isEmpty()) return completedFuture(Optional.empty());
        CompletionStage<List<Mention>> found = completedFuture(new ArrayList<>());
        for (var member : room.members())
            found = found.thenCombine(entities.state(Profile.AGGREGATE, member), (mentions, profile) -> {
                handle(profile).filter(handles::contains).ifPresent(it -> mentions.add(new Mention(it, member)));
                return mentions;
            });
        return found.thenApply(it -> Optional.of(it).filter(all -> !all.isEmpty()));
    }

    private static Set<String> handles(String text) {
        if (text.indexOf('@') < 0) return Set.of();
        return HANDLE.matcher(text)
                .results()
                .map((MatchResult it) -> it.group(1).toLowerCase(Locale.ROOT).replaceAll("-+$", ""))
                .collect(Collectors.toSet());
    }

    private static Optional<String> handle(Profile profile) {
        return switch (profile) {
            case Profile.NotCreated _ -> Optional.empty();
            case Profile.Created it -> Optional.of(it.handle());
        };
    }
}
