package io.guildhall.domain.room;

/** The reactions that a member can add to a message, each once. Stored and sent by these names, which never change. */
public enum Reaction {
    THUMBS_UP("👍"),
    THUMBS_DOWN("👎"),
    HEART("❤️"),
    SMILE("😄"),
    SURPRISED("😮"),
    SAD("😢"),
    CELEBRATE("🎉"),
    THANKS("🙏"),
    CLAP("👏"),
    ROCKET("🚀"),
    EYES("👀"),
    DONE("✅");

    private final String emoji;

    Reaction(String emoji) {
        this.emoji = emoji;
    }

    /** The character that a client shows. */
    public String emoji() {
        return emoji;
    }
}
