package io.guildhall.ai.job.match;

/**
 * How titles are compared.
 *
 * @param prefix before every title on both sides: tells the model which sense of a word is meant
 * @param neighbours with so many of its nearest each title in the index is smoothed: half itself, half their mean; 0: not at all
 * @param feedback so many of the first titles found are mixed into the title asked for, which is then asked again; 0: not at all
 */
public record Recipe(String prefix, int neighbours, int feedback) {
    public Recipe {
        if (neighbours < 0 || feedback < 0) throw new IllegalArgumentException("less than none");
    }

    /** What free job titles are mapped with. */
    public static Recipe best() {
        return new Recipe("job title: ", 10, 0);
    }
}
