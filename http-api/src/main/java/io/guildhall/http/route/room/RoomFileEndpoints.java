package io.guildhall.http.route.room;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.actors.Entities;
import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Room;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Query;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.route.file.FileEndpoints;
import io.guildhall.kernel.FileName;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.port.FileStore.Outcome;
import io.guildhall.port.RoomFiles;
import io.guildhall.port.RoomFiles.RoomFile;
import io.guildhall.projections.readmodel.room.CurrentMessages;
import io.guildhall.projections.readmodel.room.MessageRow;
import io.guildhall.projections.readmodel.room.RoomExport;
import io.guildhall.projections.readmodel.room.RoomExports;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Upload files to a room, which can be attached to messages, and download the files of messages. */
public final class RoomFileEndpoints {
    private static final Query<String> NAME = Query.text(
                    "name",
                    200,
                    "The name of the file. Characters that are not safe in file names are replaced or removed.")
            .required();

    private final AggregateReader<Room> rooms;
    private final FileStore store;
    private final RoomFiles files;
    private final CurrentMessages messages;
    private final RoomExports exports;

    public RoomFileEndpoints(
            Entities entities, FileStore store, RoomFiles files, CurrentMessages messages, RoomExports exports) {
        this.rooms = new AggregateReader<>(entities, Room.AGGREGATE);
        this.store = store;
        this.files = files;
        this.messages = messages;
        this.exports = exports;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                post(
                                "/api/rooms/{roomId}/files",
                                "Upload a file to a room, at most 8 MiB. Members can read it when you attach it to a message. A file that no message has is deleted after a day.")
                        .requiresLogin()
                        .with(Feature.ANY_FILE_BODY)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .limited(FileEndpoints.UPLOADS)
                        .queries(NAME)
                        .returns(201, AttachmentResource.class)
                        .problems(409, "room-read-only")
                        .problems(422, "empty-file")
                        .problems(503, "file-store-unavailable")
                        .handledBy(this::upload),
                get(
                                "/api/rooms/{roomId}/files/{fileId}",
                                "Get a link to download a file of a message, or your export. It is valid for at least 2 minutes.")
                        .requiresLogin()
                        .returns(200, DownloadResource.class)
                        .handledBy(this::download));
    }

    /** @param url a signed link, with which a browser saves the file */
    public record DownloadResource(String name, String mediaType, long bytes, String url) {}

    private CompletionStage<Room> visible(Call<Void> call) {
        return rooms.read(
                call.pathId("roomId", "rm"), it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<AttachmentResource> upload(Call<Void> call) {
        if (call.file().bytes() == 0)
            throw new Problem(422, "empty-file", "The file is empty. Choose a file with content.");
        return visible(call).thenAccept(RoomEndpoints::requireWritable).thenCompose(_ -> store(call));
    }

    /** The record is older than the file, so that none is left without a record. A message can have only stored files. */
    private CompletionStage<AttachmentResource> store(Call<Void> call) {
        var file = new RoomFile(
                call.newId("fil"),
                call.pathId("roomId", "rm"),
                call.caller().id(),
                FileName.safe(call.query(NAME)),
                call.file().type(),
                call.file().bytes(),
                call.requestedAt());
        return files.add(file)
                .thenCompose(_ -> store.put(
                        key(file.accountId(), file.id(), file.type()),
                        call.file().content()))
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Done _ -> files.setStored(file.id());
                    case Outcome.Unavailable _ -> throw FileEndpoints.storeUnavailable();
                })
                .thenApply(_ -> AttachmentResource.of(file.roomId(), AttachmentResource.attachment(file)));
    }

    private static FileKey key(String ownerId, String fileId, FileKey.Type type) {
        return new FileKey(ownerId, FileKey.ATTACHMENT, fileId, type);
    }

    private CompletionStage<DownloadResource> download(Call<Void> call) {
        var roomId = call.pathId("roomId", "rm");
        var fileId = call.pathId("fileId", "fil");
        return visible(call)
                .thenCompose(_ -> messages.findWithFile(roomId, fileId))
                .thenCompose(message -> message.flatMap(
                                it -> it.attachment(fileId).map(file -> link(it, file)))
                        .<CompletionStage<DownloadResource>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> archive(call, roomId, fileId)));
    }

    private DownloadResource link(MessageRow message, Attachment file) {
        var type = FileKey.Type.ofMediaType(file.mediaType());
        return link(key(message.authorId().orElseThrow(), file.fileId(), type), file.name(), file.bytes());
    }

    /** Only the member who has requested an export can read it. */
    private CompletionStage<DownloadResource> archive(Call<Void> call, String roomId, String fileId) {
        var accountId = call.caller().id();
        return exports.findByFile(roomId, accountId, fileId, call.requestedAt())
                .thenApply(found -> found.flatMap(RoomExport::archive)
                        .map(it -> link(
                                new FileKey(accountId, FileKey.EXPORT, it.fileId(), FileKey.Type.ZIP),
                                it.name(),
                                it.bytes()))
                        .orElseThrow(AggregateApi::notFound));
    }

    private DownloadResource link(FileKey key, String name, long bytes) {
        return new DownloadResource(
                name,
                key.type().mediaType(),
                bytes,
                store.downloadLink(key, name).toString());
    }

    /** The path of the resource that returns a link to a file. */
    static String path(String roomId, String fileId) {
        return "/api/rooms/" + roomId + "/files/" + fileId;
    }

    /**
     * The files that the caller attaches to a message.
     *
     * @throws Problem (in the stage) 422 if one is not a file that the caller has uploaded to the room
     */
    static CompletionStage<List<Attachment>> attachments(RoomFiles files, Call<?> call, List<String> ids) {
        if (ids.isEmpty()) return completedFuture(List.of());
        return files.find(call.pathId("roomId", "rm"), call.caller().id(), ids).thenApply(found -> {
            if (found.size() < ids.size())
                throw new Problem(
                        422,
                        "file-not-yours",
                        "A message can have only files that you have uploaded to its room. Upload them first and use their ids.");
            return found.stream().map(AttachmentResource::attachment).toList();
        });
    }
}
