package io.guildhall.projections.export.room;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The room of an export.
 *
 * @param title of a contract's room
 * @param names the display names of the members, by account id
 */
public record ExportedRoom(String id, Optional<String> contractId, Optional<String> title, Map<String, String> names) {
    public ExportedRoom {
        names = new LinkedHashMap<>(names);
    }

    String heading() {
        return title.orElseGet(() -> "Conversation of " + String.join(" and ", names.values()));
    }

    String name(String accountId) {
        return names.getOrDefault(accountId, accountId);
    }
}
