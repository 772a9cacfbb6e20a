package dev.cortado.runtime.management;

/** Which part of the time between two samples was busy. Safe for use by several threads. */
public final class LoadMeter {
    private long lastTotal;
    private long lastBusy;
    private double lastLoad;

    /**
     * @param totalNanos that there were so far
     * @param busyNanos of them
     * @return from 0 to 1; what it was the last time, if no time has passed since
     */
    public synchronized double sample(long totalNanos, long busyNanos) {
        long total = totalNanos - lastTotal;
        if (total > 0) {
            lastLoad = Math.clamp((double) (busyNanos - lastBusy) / total, 0, 1);
            lastTotal = totalNanos;
            lastBusy = busyNanos;
        }
        return lastLoad;
    }
}
