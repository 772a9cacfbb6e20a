package dev.cortado.image.image;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The symbols of an image.
 *
 * @param symbols by address, then by name
 */
public record SymbolTable(List<ImageSymbol> symbols) {

    public SymbolTable {
        symbols =
                symbols.stream()
                        .sorted(
                                Comparator.comparingLong(ImageSymbol::address)
                                        .thenComparing(ImageSymbol::name))
                        .toList();
    }

    /** The address of the symbol with this name, the first one if there are several. */
    public Optional<ImageSymbol> find(String name) {
        return symbols.stream().filter(symbol -> symbol.name().equals(name)).findFirst();
    }
}
