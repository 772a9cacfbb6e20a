package dev.cortado.image.link;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Section;

/**
 * A section of one of the linked objects, at its place.
 *
 * @param address virtual address of its first byte
 */
record PlacedSection(RelocatableObject object, Section section, long address) {}
