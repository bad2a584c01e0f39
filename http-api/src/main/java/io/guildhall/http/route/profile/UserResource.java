package io.guildhall.http.route.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.guildhall.http.route.file.FileResource;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import io.guildhall.projections.readmodel.profile.PublicUser;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A user whom a resource names. A resource is created with the account id only: {@link NamedUsers} adds what else is
 * known when the resource is written.
 *
 * @param name absent, like handle and picture, until the user has a profile, or if it cannot be read at the moment
 */
@JsonSerialize(using = UserResource.Serializer.class)
public record UserResource(
        String accountId, Optional<String> name, Optional<String> handle, Optional<FileResource> picture) {

    public static UserResource of(String accountId) {
        return new UserResource(accountId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static UserResource from(PublicUser user, FileStore files) {
        return new UserResource(
                user.accountId(),
                Optional.of(user.name()),
                Optional.of(user.handle()),
                user.picture().flatMap(FileKey::parse).map(it -> FileResource.of(it, files)));
    }

    /** The users that are known while a value is written, by their account ids. */
    record Known(Map<String, UserResource> byId) {
        private UserResource get(UserResource user) {
            return byId.getOrDefault(user.accountId(), user);
        }
    }

    static final class Serializer extends StdSerializer<UserResource> {
        private static final long serialVersionUID = 1L;

        Serializer() {
            super(UserResource.class);
        }

        @Override
        public void serialize(UserResource value, JsonGenerator json, SerializerProvider provider) throws IOException {
            var user = provider.getAttribute(Known.class) instanceof Known known ? known.get(value) : value;
            json.writeStartObject();
            json.writeStringField("accountId", user.accountId());
            if (user.name().isPresent())
                json.writeStringField("name", user.name().get());
            if (user.handle().isPresent())
                json.writeStringField("handle", user.handle().get());
            if (user.picture().isPresent())
                json.writePOJOField("picture", user.picture().get());
            json.writeEndObject();
        }
    }
}
