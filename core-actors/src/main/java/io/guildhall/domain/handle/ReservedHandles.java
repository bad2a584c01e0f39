package io.guildhall.domain.handle;

import io.guildhall.kernel.Confusables;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The handles that no account can have, because they would be taken for the system or for a path of it. */
public final class ReservedHandles {
    /** A handle with one of these as a word is reserved, such as {@code ann-support}. */
    private static final Set<String> WORDS = Set.of(
            "admin",
            "admins",
            "administrator",
            "administrators",
            "guildhall",
            "moderator",
            "moderators",
            "official",
            "operator",
            "operators",
            "support",
            "sysadmin",
            "webmaster");

    /** Includes the first segment of every path of the site and the first two of every path of the API. */
    private static final Set<String> NAMES = Set.of(
            "about",
            "abuse",
            "accept",
            "account",
            "accounts",
            "ai",
            "all",
            "analysis",
            "anonymous",
            "api",
            "app",
            "asyncapi",
            "auth",
            "billing",
            "blog",
            "categories",
            "client",
            "clients",
            "contact",
            "contract",
            "contracts",
            "countries",
            "currencies",
            "dev",
            "docs",
            "email",
            "escrow",
            "everyone",
            "faq",
            "favicon",
            "feed",
            "file",
            "files",
            "freelancer",
            "freelancers",
            "gig",
            "gigs",
            "health",
            "help",
            "hire",
            "hires",
            "home",
            "hostmaster",
            "imprint",
            "info",
            "internal",
            "invite",
            "invites",
            "jobs",
            "jwks",
            "languages",
            "ledger",
            "legal",
            "live",
            "login",
            "logout",
            "mail",
            "market",
            "me",
            "member",
            "messages",
            "metrics",
            "news",
            "nobody",
            "noreply",
            "no-reply",
            "notifications",
            "null",
            "openapi",
            "payments",
            "payout",
            "payouts",
            "people",
            "postmaster",
            "press",
            "pricing",
            "privacy",
            "profile",
            "profiles",
            "proposal",
            "proposals",
            "record",
            "records",
            "register",
            "reports",
            "reviews",
            "robots",
            "room",
            "rooms",
            "root",
            "sandbox",
            "saved-searches",
            "search",
            "security",
            "service",
            "settings",
            "sitemap",
            "skills",
            "staff",
            "static",
            "status",
            "system",
            "team",
            "terms",
            "titles",
            "undefined",
            "unsubscribe",
            "user",
            "users",
            "webhook",
            "webhooks",
            "well-known",
            "www");

    private static final Set<String> WORD_SKELETONS = skeletons(WORDS.stream());
    private static final Set<String> NAME_SKELETONS = skeletons(NAMES.stream());

    private ReservedHandles() {}

    /** Whether a handle is reserved, or looks like one that is. */
    public static boolean contains(String handle) {
        var skeleton = Confusables.skeleton(handle);
        return NAME_SKELETONS.contains(skeleton)
                || skeleton.contains("guildhall")
                || Arrays.stream(skeleton.split("-")).anyMatch(WORD_SKELETONS::contains);
    }

    private static Set<String> skeletons(Stream<String> handles) {
        return handles.map(Confusables::skeleton).collect(Collectors.toUnmodifiableSet());
    }
}
