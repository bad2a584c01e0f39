package io.guildhall.node;

import io.guildhall.adapter.postgres.PostgresPersonKeys;
import io.guildhall.embedded.StartupException;
import io.guildhall.journal.JournalEncryption;
import io.guildhall.node.Database.Part;
import io.guildhall.port.PersonKeys;
import java.sql.SQLException;

/** Opens the keys of persons for the journal. */
final class PersonalDataKeys {
    private PersonalDataKeys() {}

    /** @throws StartupException if a master key is missing that the database needs */
    static PersonKeys open(NodeContext context, Database database) {
        var keys = new PostgresPersonKeys(
                database.pool(Part.PERSON_KEYS),
                context.settings().masterKeys(),
                database.connections(Part.PERSON_KEYS) - PostgresPersonKeys.OTHER_CONNECTIONS,
                context.clock());
        requireMasterKeys(keys);
        context.openParts().add(context.loops().start("destroyed-person-keys", keys::poll));
        context.openParts().add(context.loops().start("person-key-rewrap", keys::rewrap));
        JournalEncryption.of(context.system().classicSystem()).open(keys);
        return keys;
    }

    private static void requireMasterKeys(PostgresPersonKeys keys) {
        try {
            var missing = keys.missingMasterKeys();
            if (!missing.isEmpty())
                throw new StartupException(
                        "The personal data in the database is encrypted with master keys that are not"
                                + " configured (fingerprints: " + String.join(", ", missing)
                                + "). Add them to GUILDHALL_MASTER_KEYS, after the present ones.");
        } catch (SQLException e) {
            throw Database.unreachable(e);
        }
    }
}
