/**
 * ISO 9660 (ECMA-119, 4th edition), the format of CDs, to be read: {@link
 * dev.cortado.runtime.file.iso9660.IsoFileSystem#mount}.
 *
 * <p>Names, attributes and symbolic links are those of Rock Ridge (IEEE P1282: NM, PX, SL, TF, and
 * CL and RE of directories that were too deep) if the volume has them, in areas as SUSP describes
 * them (IEEE P1281: SP, CE, ST). Otherwise names are Joliet's, whose case does not matter; and
 * otherwise those of the standard, in small letters and without their version, as Linux shows them.
 * Files may have several extents; those that are interleaved, compressed (ZF) or sparse (SF) cannot
 * be read: EOPNOTSUPP.
 *
 * <p>Not looked at: path tables, volumes of a set but the one that there is, sessions but the
 * first.
 *
 * <p>What is damaged is EUCLEAN, with what and where; a directory that is in itself, too.
 */
package dev.cortado.runtime.file.iso9660;
