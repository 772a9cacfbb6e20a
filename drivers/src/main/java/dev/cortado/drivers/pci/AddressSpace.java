package dev.cortado.drivers.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Which addresses of a bus nobody has. */
public final class AddressSpace {
    private final List<AddressWindow> windows;
    private final List<AddressWindow> used;

    /**
     * @param windows that reach the bus
     * @param used what somebody has, in these windows or elsewhere
     */
    public AddressSpace(List<AddressWindow> windows, List<AddressWindow> used) {
        this.windows = List.copyOf(windows);
        this.used = new ArrayList<>(used);
    }

    /**
     * Takes the lowest addresses that are free, of the first window that has some.
     *
     * @param bytes a power of two, of which the first address is a multiple
     * @param limit the last address that is possible
     * @return empty if there are none
     */
    OptionalLong take(AddressWindow.Kind kind, long bytes, long limit) {
        for (AddressWindow window : windows) {
            if (window.kind() == kind) {
                OptionalLong found = find(window, bytes, Math.min(window.last(), limit));
                if (found.isPresent()) {
                    long first = found.getAsLong();
                    used.add(new AddressWindow(kind, first, first + bytes - 1));
                    return found;
                }
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong find(AddressWindow window, long bytes, long last) {
        long at = align(window.first(), bytes);
        while (at <= last - bytes + 1) {
            AddressWindow wanted = new AddressWindow(window.kind(), at, at + bytes - 1);
            AddressWindow other = overlapping(wanted);
            if (other == null) {
                return OptionalLong.of(at);
            }
            at = align(other.last() + 1, bytes); // further on each time
        }
        return OptionalLong.empty();
    }

    private AddressWindow overlapping(AddressWindow wanted) {
        for (AddressWindow other : used) {
            if (other.overlaps(wanted)) {
                return other;
            }
        }
        return null;
    }

    private static long align(long address, long bytes) {
        return (address + bytes - 1) & -bytes;
    }
}
