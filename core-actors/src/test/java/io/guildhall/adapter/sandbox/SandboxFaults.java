package io.guildhall.adapter.sandbox;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Disturbs the replies of the sandbox. */
public final class SandboxFaults {
    private SandboxFaults() {}

    /** From now on, the first reply to each transfer to this account is late. */
    public static void delayReplies(DataSource database, String account) {
        setReplyMode(database, account, "late");
    }

    /** From now on, each transfer to this account is executed, but the first reply is lost. */
    public static void loseReplies(DataSource database, String account) {
        setReplyMode(database, account, "lost");
    }

    private static void setReplyMode(DataSource database, String account, String mode) {
        try (var connection = database.getConnection()) {
            int changed = Sql.update(
                    connection, "UPDATE sandbox.connected_account SET behaviour = ? WHERE id = ?", mode, account);
            if (changed != 1) throw new AssertionError("the sandbox has no account " + account);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
