package io.guildhall.projections.view;

import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.HireScenario.ROOM;

import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesCommand;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;

/** An admin removes members of the room and restores one; accounts hide their presence, and one shows it again. */
public final class RoomScenario {
    public static final String HIDDEN = "acc_hidden";
    public static final String SHOWN = "acc_shown";

    private RoomScenario() {}

    static EventStory addAll(EventStory story) {
        return story.execute(Room.AGGREGATE, ROOM, new RoomCommand.RemoveMember("acc_admin", ANN, "Abuse"))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.PostMessage(CLIENT, "msg_3", "Are you there?"))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.RestoreMember("acc_admin", ANN))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.RemoveMember("acc_admin", CLIENT, "Abuse"))
                .execute(Preferences.AGGREGATE, HIDDEN, new PreferencesCommand.HidePresence())
                .execute(Preferences.AGGREGATE, SHOWN, new PreferencesCommand.HidePresence())
                .execute(Preferences.AGGREGATE, SHOWN, new PreferencesCommand.ShowPresence());
    }
}
