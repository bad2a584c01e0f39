package io.guildhall.http.route.preference;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesCommand;
import io.guildhall.domain.preference.PreferencesCommand.ChooseNotifications;
import io.guildhall.domain.preference.PreferencesRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.AggregateApi;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Choose which notifications to get, on which channel and when. */
public final class NotificationPreferenceEndpoints {
    private static final String PATH = "/api/me/notification-preferences";

    private final AggregateApi<Preferences, PreferencesCommand, PreferencesRejection> preferences;

    public NotificationPreferenceEndpoints(Entities entities) {
        this.preferences = new AggregateApi<>(entities, Preferences.AGGREGATE, PresenceEndpoints::problem);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get(PATH, "Get your notification preferences.")
                        .requiresLogin()
                        .returns(200, NotificationPreferenceResource.class)
                        .handledBy(call ->
                                preferences.read(call.caller().id()).thenApply(NotificationPreferenceResource::of)),
                put(
                                PATH,
                                "Set your notification preferences: which kinds you get, on which channel and when. Replaces all"
                                        + " choices; a kind that is not listed gets its default.")
                        .requiresLogin()
                        .accepts(NotificationPreferenceFields.class)
                        .with(Endpoint.Feature.OPEN_TO_SUSPENDED)
                        .returns(200, NotificationPreferenceResource.class)
                        .problems(
                                422,
                                "unknown-time-zone",
                                "empty-quiet-hours",
                                "unknown-notification-kind",
                                "repeated-notification-kind",
                                "in-app-required",
                                "email-required")
                        .handledBy(this::choose));
    }

    private CompletionStage<NotificationPreferenceResource> choose(Call<NotificationPreferenceFields> call) {
        return preferences
                .execute(
                        call,
                        call.caller().id(),
                        new ChooseNotifications(call.body().toSettings()))
                .thenApply(NotificationPreferenceResource::of);
    }
}
