; Inno Setup: an installer of the folder that `python packaging/bundle.py` has made on Windows.
; iscc packaging\imr-desk.iss
#define Version GetEnv("IMR_DESK_VERSION")

[Setup]
AppId={{5B7C1B0E-7A54-4E53-9C56-6F0B6F3A6D11}
AppName=IMR Desk
AppVersion={#Version}
DefaultDirName={autopf}\IMR Desk
DefaultGroupName=IMR Desk
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
LicenseFile=..\LICENSE
OutputDir=..\build
OutputBaseFilename=imr-desk-{#Version}-setup
SetupIconFile=..\build\icons\imr-desk.ico
UninstallDisplayIcon={app}\imr-desk.exe
ChangesAssociations=yes
Compression=lzma2
SolidCompression=yes

[Files]
Source: "..\build\bundle\imr-desk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\IMR Desk"; Filename: "{app}\imr-desk.exe"
Name: "{autodesktop}\IMR Desk"; Filename: "{app}\imr-desk.exe"; Tasks: desktopicon

[Tasks]
Name: desktopicon; Description: "A shortcut on the desktop"; Flags: unchecked

[Registry]
; IMR Desk is offered under "Open with" for PDF files; it does not take them over.
Root: HKA; Subkey: "Software\Classes\Applications\imr-desk.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "IMR Desk"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\imr-desk.exe\shell\open\command"; ValueType: string; ValueData: """{app}\imr-desk.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\imr-desk.exe\SupportedTypes"; ValueType: string; ValueName: ".pdf"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\.pdf\OpenWithProgids"; ValueType: string; ValueName: "imr-desk.exe"; ValueData: ""; Flags: uninsdeletevalue

[Run]
Filename: "{app}\imr-desk.exe"; Description: "Start IMR Desk"; Flags: nowait postinstall skipifsilent
