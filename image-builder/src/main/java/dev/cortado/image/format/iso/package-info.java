/** CDs that machines start from (ECMA-119; El Torito Bootable CD-ROM Format 1.0; UEFI, 13.3.2). */
package dev.cortado.image.format.iso;
