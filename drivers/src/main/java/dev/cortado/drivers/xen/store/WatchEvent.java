package dev.cortado.drivers.xen.store;

/** A node, or something beneath it, has changed; or nothing has: look. */
public final class WatchEvent {
    private final Watch watch;
    private final String path;

    WatchEvent(Watch watch, String path) {
        this.watch = watch;
        this.path = path;
    }

    public Watch watch() {
        return watch;
    }

    /** As {@link Watch#path} is: from the root, or relative to the domain's own directory. */
    public String path() {
        return path;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WatchEvent event && event.watch == watch && event.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }
}
