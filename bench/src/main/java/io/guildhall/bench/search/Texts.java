package io.guildhall.bench.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Short texts about many kinds of work, each unlike the others, and other texts that ask for the same kinds. */
final class Texts {
    private static final List<String> WORK = List.of(
            "a logo",
            "an illustrated map",
            "a wedding album",
            "a translation from German",
            "a legal translation",
            "a phone app",
            "an online shop",
            "a slow database made fast",
            "a data pipeline",
            "a chat bot",
            "a product film",
            "an explainer animation",
            "a podcast episode",
            "a film score",
            "a voice recording",
            "a tax return",
            "monthly bookkeeping",
            "a business plan",
            "a market study",
            "a patent search",
            "a grant application",
            "a speech",
            "a press release",
            "a cookbook edited",
            "a thesis proofread",
            "a garden plan",
            "a kitchen drawing",
            "a structural calculation",
            "a wooden boat plan",
            "a circuit board",
            "a sensor firmware",
            "a drone survey",
            "a security audit",
            "a cluster of servers",
            "a backup plan",
            "a spreadsheet model",
            "a statistics report",
            "a map of sales",
            "a search advertising campaign",
            "a newsletter",
            "piano lessons",
            "a training plan for a marathon",
            "a diet for an athlete",
            "a hiring interview guide",
            "an employment contract",
            "a privacy statement",
            "a customer survey",
            "a help desk",
            "a game level",
            "a character model");

    private static final List<String> FOR = List.of(
            "a village bakery",
            "a dentist",
            "a football club",
            "a museum of toys",
            "a bicycle courier",
            "a law firm",
            "a vineyard",
            "a kindergarten",
            "a steel works",
            "a travel agency",
            "an orchestra",
            "a fishing port",
            "a university",
            "a fashion label",
            "a hospital",
            "a coffee roaster",
            "a charity for dogs",
            "a taxi company",
            "an architect",
            "a publisher of comics");

    private static final List<String> HOW = List.of(
            "within a week",
            "with care for detail",
            "in two rounds",
            "for a fair price",
            "at short notice",
            "with a call every Monday");

    private Texts() {}

    /** One text for each kind of work. */
    static List<String> kinds() {
        return WORK.stream().map(work -> "I make " + work).toList();
    }

    /** What is offered; at most {@code WORK × FOR × HOW}, in an order by chance that is always the same. */
    static List<String> offers(int count) {
        var all = new ArrayList<String>();
        for (var work : WORK)
            for (var whom : FOR) for (var how : HOW) all.add("I make " + work + " for " + whom + ", " + how);
        Collections.shuffle(all, new Random(1));
        return List.copyOf(all.subList(0, count));
    }

    /** What is looked for. */
    static List<String> queries(int count) {
        var all = new ArrayList<String>();
        for (var work : WORK) for (var whom : FOR) all.add("looking for " + work + " because we are " + whom);
        Collections.shuffle(all, new Random(2));
        return List.copyOf(all.subList(0, count));
    }
}
