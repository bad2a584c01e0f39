package io.guildhall.projections.export.owndata;

import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.Showcase;
import io.guildhall.kernel.FileName;
import io.guildhall.port.FileKey;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The files of an account that its profile, its gigs and its messages show. */
final class OwnFiles {
    private static final String OF_GIGS =
            "SELECT DISTINCT unnest(media) AS key FROM gig WHERE freelancer_id = ? ORDER BY 1";
    private static final String OF_ROOMS = """
            SELECT id, name, type FROM room_file WHERE account_id = ? AND id > ? ORDER BY id LIMIT ?
            """;

    private OwnFiles() {}

    /** @param path within the archive */
    record OwnFile(FileKey key, String path) {
        private static OwnFile shown(FileKey key) {
            return new OwnFile(key, "files/" + key.purpose() + "/" + key.id() + extension(key));
        }

        private static String extension(FileKey key) {
            var text = key.toString();
            return text.substring(text.lastIndexOf('.'));
        }
    }

    static List<OwnFile> ofProfile(Profile profile, String accountId) {
        return switch (profile) {
            case Profile.NotCreated _ -> List.of();
            case Profile.Created it -> shown(keys(it.details().showcaseOrEmpty()), accountId);
        };
    }

    private static Stream<String> keys(Showcase showcase) {
        return Stream.concat(
                showcase.picture().stream(), showcase.portfolio().stream().flatMap(work -> work.files().stream()));
    }

    static List<OwnFile> ofGigs(Connection connection, String accountId) throws SQLException {
        return shown(Sql.list(connection, OF_GIGS, row -> row.getString("key"), accountId).stream(), accountId);
    }

    private static List<OwnFile> shown(Stream<String> keys, String accountId) {
        return keys.distinct()
                .flatMap(it -> FileKey.parse(it).stream())
                .filter(it -> it.owner().equals(accountId))
                .map(OwnFile::shown)
                .toList();
    }

    /**
     * A page of the files that the account has uploaded to rooms.
     *
     * @param after the id before the first file
     */
    static List<OwnFile> ofRooms(Connection connection, String accountId, String after, int limit) throws SQLException {
        return Sql.list(
                connection,
                OF_ROOMS,
                row -> {
                    var type = FileKey.Type.valueOf(row.getString("type"));
                    var key = new FileKey(accountId, FileKey.ATTACHMENT, row.getString("id"), type);
                    return new OwnFile(
                            key,
                            "files/" + key.purpose() + "/" + key.id() + "-" + FileName.safe(row.getString("name")));
                },
                accountId,
                after,
                limit);
    }
}
