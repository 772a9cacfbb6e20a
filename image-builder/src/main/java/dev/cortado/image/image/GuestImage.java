package dev.cortado.image.image;

import dev.cortado.image.elf.ElfNote;
import java.util.List;

/**
 * A guest as it is in memory, before a format is chosen for it.
 *
 * @param segments by physical address; they do not overlap
 * @param symbols not part of a stripped image: they go into files beside it
 * @param debug what debuggers read, with the guest's addresses; not part of a stripped image either
 * @param bootNotes for loaders: how the guest wants to be started
 * @param entryPoint physical address at which the first boot protocol starts it
 */
public record GuestImage(
        List<Segment> segments,
        SymbolTable symbols,
        List<DebugSection> debug,
        List<ElfNote> bootNotes,
        long entryPoint,
        Manifest manifest) {

    public GuestImage {
        segments = List.copyOf(segments);
        debug = List.copyOf(debug);
        bootNotes = List.copyOf(bootNotes);
    }
}
