package io.guildhall.http.route.preference;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesCommand;
import io.guildhall.domain.preference.PreferencesCommand.HidePresence;
import io.guildhall.domain.preference.PreferencesCommand.ShowPresence;
import io.guildhall.domain.preference.PreferencesRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Choose whether other users see the caller's presence. */
public final class PresenceEndpoints {
    private final AggregateApi<Preferences, PreferencesCommand, PreferencesRejection> preferences;

    public PresenceEndpoints(Entities entities) {
        this.preferences = new AggregateApi<>(entities, Preferences.AGGREGATE, PresenceEndpoints::problem);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/me/presence", "Get your presence setting: whether other users see your presence.")
                        .requiresLogin()
                        .returns(200, PresenceResource.class)
                        .handledBy(call -> preferences.read(call.caller().id()).thenApply(PresenceResource::of)),
                put(
                                "/api/me/presence",
                                "Hide or show your presence: whether you are online, and when you were last seen.")
                        .requiresLogin()
                        .accepts(PresenceFields.class)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .returns(200, PresenceResource.class)
                        .handledBy(this::change));
    }

    public record PresenceFields(@NotNull Boolean hidden) {}

    public record PresenceResource(boolean hidden) {
        static PresenceResource of(Preferences preferences) {
            return new PresenceResource(preferences.hidesPresence());
        }
    }

    private CompletionStage<PresenceResource> change(Call<PresenceFields> call) {
        var command = call.body().hidden() ? new HidePresence() : new ShowPresence();
        return preferences.execute(call, call.caller().id(), command).thenApply(PresenceResource::of);
    }

    static Problem problem(PreferencesRejection reason) {
        return switch (reason) {
            // No command of these endpoints is rejected with it.
            case TOO_MANY -> new Problem(409, "preferences-state", "Your preferences are in another state. Try again.");
        };
    }
}
