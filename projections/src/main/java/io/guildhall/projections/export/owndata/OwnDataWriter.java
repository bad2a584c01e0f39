package io.guildhall.projections.export.owndata;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guildhall.actors.Entities;
import io.guildhall.domain.profile.Profile;
import io.guildhall.kernel.Aggregate;
import io.guildhall.projections.export.ExportWriter;
import io.guildhall.projections.export.StoredFiles;
import io.guildhall.projections.export.ZipArchive;
import io.guildhall.projections.export.owndata.Dataset.Current;
import io.guildhall.projections.export.owndata.Dataset.Rows;
import io.guildhall.projections.export.owndata.OwnFiles.OwnFile;
import io.guildhall.projections.store.ExportTable.Claim;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.store.Sql;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes exports of an account's own data: a folder for each {@linkplain OwnDataParts part}, and the files that the account
 * has uploaded. Holds one page of rows in memory. Each file shows the state of the time at which it was written.
 */
public final class OwnDataWriter implements ExportWriter {
    private static final int FETCH_SIZE = 500;
    private static final long STATE_TIMEOUT_SECONDS = 30;
    private static final String README = "README.json";
    private static final String FILES =
            "The files that you have uploaded to rooms, and those that your profile and your gigs show.";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the state of an aggregate. Blocks. */
    @FunctionalInterface
    interface States {
        <S> S read(Aggregate<S, ?, ?, ?> aggregate, String id) throws IOException;
    }

    private record ArchiveReadme(
            String accountId,
            Instant requestedAt,
            String explanation,
            Map<String, String> folders,
            Map<String, String> leftOut) {}

    private record PartReadme(String explanation, Map<String, String> files) {}

    /** @param missing paths of files that do not exist any more */
    private record FilesReadme(String explanation, List<String> missing) {}

    private final ReadDatabase database;
    private final States states;
    private final StoredFiles files;

    public OwnDataWriter(ReadDatabase database, Entities entities, StoredFiles files) {
        this(database, statesOf(entities), files);
    }

    OwnDataWriter(ReadDatabase database, States states, StoredFiles files) {
        this.database = database;
        this.states = states;
        this.files = files;
    }

    private static States statesOf(Entities entities) {
        return new States() {
            @Override
            public <S> S read(Aggregate<S, ?, ?, ?> aggregate, String id) throws IOException {
                try {
                    return entities.state(aggregate, id)
                            .toCompletableFuture()
                            .get(STATE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    throw new IOException("The state of " + aggregate.name() + " " + id + " could not be read", e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("Interrupted", e);
                }
            }
        };
    }

    /** The rows, and the aggregates. */
    @Override
    public long count(Claim claim) throws SQLException {
        var accountId = claim.accountId();
        return database.queryBlocking(connection -> {
            long count = 0;
            for (var part : OwnDataParts.ALL)
                for (var dataset : part.datasets())
                    count += switch (dataset) {
                        case Current<?> _ -> 1;
                        case Rows rows ->
                            Sql.list(connection, rows.count(), it -> it.getLong("entries"), rows.values(accountId))
                                    .getFirst();
                    };
            return count;
        });
    }

    @Override
    public String write(Claim claim, OutputStream output, Progress progress) throws IOException, SQLException {
        try (var zip = new ZipArchive(output)) {
            new Archive(claim, zip, progress).write();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return "Guildhall data " + claim.requestedAt().toString().substring(0, 10) + ".zip";
    }

    private final class Archive {
        private final Claim claim;
        private final String accountId;
        private final ZipArchive zip;
        private final Progress progress;
        private long done;

        Archive(Claim claim, ZipArchive zip, Progress progress) {
            this.claim = claim;
            this.accountId = claim.accountId();
            this.zip = zip;
            this.progress = progress;
        }

        void write() throws IOException, SQLException {
            zip.json(README, readme());
            for (var part : OwnDataParts.ALL) {
                var names = new LinkedHashMap<String, String>();
                for (var it : part.datasets()) names.put(it.name() + ".json", it.explanation());
                zip.json(part.name() + "/" + README, new PartReadme(part.explanation(), names));
                for (var it : part.datasets()) write(part.name() + "/" + it.name() + ".json", it);
            }
            writeFiles();
        }

        private ArchiveReadme readme() {
            var folders = new LinkedHashMap<String, String>();
            for (var it : OwnDataParts.ALL) folders.put(it.name(), it.explanation());
            folders.put("files", FILES);
            var leftOut = new LinkedHashMap<>(OwnDataLeftOut.ROWS);
            leftOut.putAll(OwnDataLeftOut.TABLES);
            leftOut.putAll(OwnDataLeftOut.AGGREGATES);
            return new ArchiveReadme(
                    accountId,
                    claim.requestedAt(),
                    "Everything that you have written at Guildhall, or that names you. Times are in UTC. Each folder has a "
                            + README + " that explains its files.",
                    folders,
                    leftOut);
        }

        private void write(String path, Dataset dataset) throws IOException, SQLException {
            switch (dataset) {
                case Rows rows -> writeRows(path, rows);
                case Current<?> current -> {
                    writeCurrent(path, current);
                    progress.written(++done);
                }
            }
        }

        private <S> void writeCurrent(String path, Current<S> current) throws IOException, SQLException {
            zip.json(path, current.content().apply(states.read(current.aggregate(), accountId)));
        }

        /** The rows are read from a cursor. Meanwhile the progress is written on another connection. */
        private void writeRows(String path, Rows rows) throws IOException, SQLException {
            zip.text(path, output -> {
                output.write('[');
                long before = done;
                database.queryBlocking(connection -> ReadDatabase.inTransaction(connection, it -> {
                    Sql.forEach(
                            it,
                            rows.select(),
                            FETCH_SIZE,
                            row -> {
                                append(output, row.getString("entry"), done == before);
                                if (++done % FETCH_SIZE == 0) progress.written(done);
                            },
                            rows.values(accountId));
                    return true;
                }));
                output.write("\n]\n");
            });
            progress.written(done);
        }

        private void writeFiles() throws IOException, SQLException {
            var missing = new ArrayList<String>();
            copy(OwnFiles.ofProfile(states.read(Profile.AGGREGATE, accountId), accountId), missing);
            copy(database.queryBlocking(it -> OwnFiles.ofGigs(it, accountId)), missing);
            var after = "";
            while (true) {
                var last = after;
                var page = database.queryBlocking(it -> OwnFiles.ofRooms(it, accountId, last, FETCH_SIZE));
                if (page.isEmpty()) break;
                copy(page, missing);
                after = page.getLast().key().id();
            }
            zip.json("files/" + README, new FilesReadme(FILES, missing));
        }

        private void copy(List<OwnFile> page, List<String> missing) throws IOException, SQLException {
            for (var it : page) {
                boolean exists = zip.file(it.path(), files, it.key(), () -> progress.written(done));
                if (!exists) missing.add(it.path());
            }
        }
    }

    /** Adds a row to an array, with the names of its columns in the form of the API. */
    private static void append(Writer output, String row, boolean isFirst) {
        try {
            output.write(isFirst ? "\n" : ",\n");
            var renamed = JSON.createObjectNode();
            ((ObjectNode) JSON.readTree(row))
                    .properties()
                    .forEach(it -> renamed.set(camelCase(it.getKey()), it.getValue()));
            output.write(JSON.writeValueAsString(renamed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String camelCase(String column) {
        var name = new StringBuilder(column.length());
        for (var word : column.split("_"))
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        return name.toString();
    }
}
