package dev.cortado.runtime.file.open;

/** Is told when an open file has become ready for something. */
@FunctionalInterface
public interface ReadinessListener {
    /**
     * The file may have become ready for more than before: ask its {@link OpenFile#pollState}. The
     * caller may hold the file's lock, so this must not wait and must not call another open file.
     */
    void readinessChanged();
}
