package dev.cortado.drivers;

/** How many hostile devices, tables and peers the tests with seeds make up. */
public final class HostileCases {
    /** -Dcortado.hostile.cases=100 makes a hundred times as many as usual. */
    private static final int TIMES = Integer.getInteger("cortado.hostile.cases", 1);

    private HostileCases() {}

    /** As many as wanted of what is usually so many. */
    public static int of(int usual) {
        return Math.multiplyExact(usual, TIMES);
    }
}
