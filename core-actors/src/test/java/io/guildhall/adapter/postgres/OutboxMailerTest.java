package io.guildhall.adapter.postgres;

import static io.guildhall.Await.answer;

import io.guildhall.port.Mailer;
import io.guildhall.port.MailerContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

class OutboxMailerTest extends MailerContract {
    private static OutboxMailer mailer;

    @BeforeAll
    static void outbox() throws Exception {
        var database = new PGSimpleDataSource();
        database.setUrl("jdbc:postgresql://127.0.0.1:55990/money?user=guildhall");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS mail_outbox");
            statement.execute(
                    Files.readString(Path.of("../projections/src/main/resources/db/migration/V21__mail_outbox.sql")));
        }
        mailer = new OutboxMailer(database, InstantSource.system());
    }

    @Override
    protected Mailer mailer() {
        return mailer;
    }

    @Override
    protected List<Mailer.Mail> arrived(String address) {
        return answer(mailer.to(address, 20)).stream()
                .map(Mailer.Outbox.Sent::mail)
                .toList();
    }
}
