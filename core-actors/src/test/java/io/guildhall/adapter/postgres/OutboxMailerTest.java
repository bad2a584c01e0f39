package io.guildhall.adapter.postgres;

import static io.guildhall.Await.result;

import io.guildhall.port.Mailer;
import io.guildhall.port.MailerContract;
import io.guildhall.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

class OutboxMailerTest extends MailerContract {
    private static OutboxMailer mailer;

    @BeforeAll
    static void outbox() throws Exception {
        var database = TestDatabase.fresh();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    Files.readString(Path.of("../projections/src/main/resources/db/migration/V04__mail_outbox.sql")));
        }
        mailer = new OutboxMailer(database, 8, InstantSource.system());
    }

    @Override
    protected Mailer mailer() {
        return mailer;
    }

    @Override
    protected List<Mailer.Mail> arrived(String address) {
        return result(mailer.sentTo(address, 20)).stream()
                .map(Mailer.Outbox.Sent::mail)
                .toList();
    }
}
