package dev.cortado.runtime.net.address;

/** Who takes a text character by character, so that none has to be made. */
public interface CharacterSink {
    void accept(char character);
}
