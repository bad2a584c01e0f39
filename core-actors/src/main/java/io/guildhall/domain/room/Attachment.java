package io.guildhall.domain.room;

import io.guildhall.kernel.Personal;

/**
 * A file of a message, as it was when the message was sent.
 *
 * @param fileId of the file's key, whose owner is the author of the message
 * @param name safe as a file name
 */
public record Attachment(String fileId, @Personal(of = "by") String name, String mediaType, long bytes) {
    public static final int MAX_PER_MESSAGE = 10;
}
