package dev.cortado.runtime.zip;

/**
 * How hard a level tries.
 *
 * @param good a match of this length makes the search for a better one shorter
 * @param lazy a match of this length is taken at once; for a level that is not lazy, strings in
 *     longer matches are not entered
 * @param nice a match of this length ends the search
 * @param chain how many candidates to look at
 */
record Effort(Method method, int good, int lazy, int nice, int chain) {
    /** How matches are looked for. */
    enum Method {
        STORED,
        GREEDY,
        LAZY
    }

    private static final int DEFAULT = 6;

    private static final Effort[] EFFORTS = {
        new Effort(Method.STORED, 0, 0, 0, 0),
        new Effort(Method.GREEDY, 4, 4, 8, 4),
        new Effort(Method.GREEDY, 4, 5, 16, 8),
        new Effort(Method.GREEDY, 4, 6, 32, 32),
        new Effort(Method.LAZY, 4, 4, 16, 16),
        new Effort(Method.LAZY, 8, 16, 32, 32),
        new Effort(Method.LAZY, 8, 16, 128, 128),
        new Effort(Method.LAZY, 8, 32, 128, 256),
        new Effort(Method.LAZY, 32, 128, 258, 1024),
        new Effort(Method.LAZY, 32, 258, 258, 4096),
    };

    /** The number of levels, from 0 on. */
    static int levels() {
        return EFFORTS.length;
    }

    static Effort of(int level) {
        return EFFORTS[level];
    }

    /** The level that {@link DeflateStream#DEFAULT_LEVEL} stands for. */
    static int level(int wanted) {
        return wanted == DeflateStream.DEFAULT_LEVEL ? DEFAULT : wanted;
    }
}
