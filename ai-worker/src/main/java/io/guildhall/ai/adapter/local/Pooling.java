package io.guildhall.ai.adapter.local;

/** How the vectors of a text's words become one. */
public enum Pooling {
    /** The vector of the mark before the first word, as the model's makers do. */
    CLS,
    /** The mean of all: finds job titles better. */
    MEAN
}
