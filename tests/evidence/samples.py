"""Files as people send them, made here: each says unseen who made it, and JO is what must not be left in a copy."""

import io
import struct
import wave
import zipfile

import pikepdf
from PIL import Image, PngImagePlugin, TiffImagePlugin

JO = "Jo-Secret-Name"
SECRET = JO.encode()


def traces(data):
    """Where JO can still be found: as it is, in UTF-16, or in any packed part of a zip or stream of a PDF."""
    wanted = (SECRET, JO.encode("utf-16-le"), JO.encode("utf-16-be"))
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = [packed.read(name) for name in packed.namelist()] + [n.encode() for n in packed.namelist()]
    elif data[:5] == b"%PDF-":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            parts = [
                o.read_bytes()
                for o in pdf.objects
                if isinstance(o, pikepdf.Stream) and "/DCT" not in str(o.get("/Filter"))
            ]
            parts += [o.unparse() for o in pdf.objects] + [pdf.trailer.unparse()]
            parts += [o.read_raw_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    else:
        parts = []
    return [part[:80] for part in [data, *parts] if any(w in part for w in wanted)]


def _picture(size=(64, 48)):
    return Image.linear_gradient("L").resize(size).convert("RGB")


def _exif(orientation=1):
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x010F] = JO  # description, artist, make
    exif[0x0112] = orientation
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "S", (41.0, 17.0, 20.0), "E", (174.0, 46.0, 38.0)
    gps[29] = JO
    return exif


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{JO}</dc:creator></x:xmpmeta>'.encode()


def jpeg(orientation=6):
    """A photograph with GPS, artist, XMP, IPTC, a comment, and a second file behind its end."""
    out = io.BytesIO()
    _picture().save(out, "JPEG", exif=_exif(orientation), xmp=XMP, comment=SECRET, quality=95)
    iptc = (
        b"Photoshop 3.0\x008BIM\x04\x04\0\0"
        + struct.pack(">I", 5 + len(JO))
        + b"\x1c\x02\x50\0"
        + bytes([len(JO)])
        + SECRET
    )
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    made = out.getvalue()
    return made[:2] + segment + made[2:] + b"moov" + SECRET


def png():
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", JO)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    out = io.BytesIO()
    _picture().save(out, "PNG", pnginfo=told, exif=_exif())
    return out.getvalue()


def gif():
    frames = [_picture(), _picture().rotate(180)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100, comment=SECRET)
    return out.getvalue()


def webp():
    out = io.BytesIO()
    _picture().save(out, "WEBP", exif=_exif(), xmp=XMP)
    return out.getvalue()


def tiff():
    told = TiffImagePlugin.ImageFileDirectory_v2()
    told[315], told[700] = JO, XMP
    out = io.BytesIO()
    _picture().save(out, "TIFF", tiffinfo=told, exif=_exif())
    return out.getvalue()


def pdf():
    """Author, XMP, an attachment, a script, a note's author, and a photograph with GPS in it."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    made.docinfo["/Author"] = JO
    with made.open_metadata() as told:
        told["dc:creator"] = [JO]
    made.attachments["list.txt"] = pikepdf.AttachedFileSpec(made, SECRET, filename=f"{JO}.txt")
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{JO}')")
    photo = made.make_stream(jpeg(1), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=64, Height=48)
    photo.ColorSpace, photo.BitsPerComponent, photo.Filter = pikepdf.Name.DeviceRGB, 8, pikepdf.Name.DCTDecode
    page = made.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=photo))
    page.Contents = made.make_stream(b"q 64 0 0 48 0 0 cm /Im0 Do Q")
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="Look here.", T=JO
    )
    page.Annots = pikepdf.Array([note])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def locked_pdf():
    made = pikepdf.new()
    made.add_blank_page()
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _zip(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def docx(**more):
    """Creator, company, custom properties, a comment and a tracked change by name, and a photograph with GPS in it."""
    return _zip(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
            'Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": '<Relationships><Relationship Id="r1" Target="word/document.xml"/><Relationship Id="r2" '
            'Target="docProps/thumbnail.jpeg"/></Relationships>',
            "docProps/core.xml": f"<cp:coreProperties><dc:creator>{JO}</dc:creator></cp:coreProperties>",
            "docProps/app.xml": f"<Properties><Company>{JO}</Company></Properties>",
            "docProps/custom.xml": f"<Properties><property>{JO}</property></Properties>",
            "docProps/thumbnail.jpeg": jpeg(),
            "customXml/item1.xml": f"<p>{JO}</p>",
            "word/document.xml": f'<w:document {W}><w:body><w:p w:rsidR="00AB12CD"><w:ins w:id="1" w:author="{JO}">'
            "<w:r><w:t>The minutes of the meeting.</w:t></w:r></w:ins></w:p></w:body></w:document>",
            "word/comments.xml": f"<w:comments {W}><w:comment w:id='1' w:author='{JO}' w:initials='{JO}'/></w:comments>",
            "word/media/image1.jpeg": jpeg(),
            "word/media/image2.png": png(),
            **more,
        }
    )


def xlsx():
    return _zip(
        {
            "[Content_Types].xml": "<Types/>",
            "docProps/core.xml": f"<cp:coreProperties><cp:lastModifiedBy>{JO}</cp:lastModifiedBy></cp:coreProperties>",
            "xl/workbook.xml": f'<workbook><x15ac:absPath url="C:\\Users\\{JO}\\"/><sheets/></workbook>',
            "xl/comments1.xml": f"<comments><authors><author>{JO}</author></authors></comments>",
            "xl/persons/person.xml": f'<personList><person displayName="{JO}" id="{{1}}" userId="{JO}"/></personList>',
            "xl/sharedStrings.xml": "<sst><si><t>Visas declined</t></si></sst>",
            "xl/printerSettings/printerSettings1.bin": SECRET,
        }
    )


def odt():
    return _zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "meta.xml": f"<office:document-meta><dc:creator>{JO}</dc:creator></office:document-meta>",
            "content.xml": f"<office:body><office:annotation><dc:creator>{JO}</dc:creator></office:annotation>"
            "<text:p>The minutes of the meeting.</text:p></office:body>",
            "settings.xml": f'<config:config-item config:name="PrinterName" config:type="string">{JO}</config:config-item>',
            "Thumbnails/thumbnail.png": png(),
            "META-INF/manifest.xml": "<manifest:manifest/>",
        }
    )


def wav():
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 800)
    return out.getvalue()


def mp4():
    return struct.pack(">I", 24) + b"ftypisom\0\0\2\0isomiso2" + b"\0\0\0\x08free"


def old_doc(*streams):
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in streams)


PE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 200
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 60
